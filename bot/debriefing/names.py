"""What a name can look like: Chinese surnames, titles, suffixes of organisations, words that are no name."""

import re

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾"
    "夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛段郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文洪季鲁温安童颜凌毕葛申鲍路岳齐庞章梅庄"
    "柳耿卓詹骆倪游左古辛牛管殷祝纪舒阮柯涂瞿饶冉牟茅项裴甘霍翟聂焦俞尚窦盛娄祁靳樊欧关尤华麦屈鄢褚闵仇司巩滕解喻冷栾岑蓝路楚卫包成单费应"
)
RARE_SURNAMES = (
    "符苗伍穆萧湛禹傅廉卜贲钮惠厉戎祖党阴简祁卞芮柏谷屠郁狄米贝臧计伏谈席麻强危刁虞支昝裘缪宣杭诸吉嵇邢荣翁荀羊惠甄曲封储邴糜松井富巫乌巴弓牧隗山车宓蓬郗班仰仲伊"
    "宁符景束幸韶郜薄印宿怀蒲邰鄂咸籍蔺蒙池胥苍闻莘贡劳逄姬扶宰郦雍璩桑桂濮寿边扈燕冀浦农柴阎慕茹艾鱼戈庾暨衡弘匡寇"
    "邝释广禄阙殳沃蔚越夔隆厍晁敖融訾阚毋沙乜鞠蒯荆红竺权盖益桓晏赫帅佟连苑苟漆佘原楼戚占郎栗邸邬仝练丛宫尧肇荘谌"
)
DOUBLE_SURNAMES = "欧阳|上官|司马|诸葛|司徒|皇甫|东方|令狐|慕容|尉迟|夏侯|端木|公孙|南宫|西门|长孙|宇文|独孤|呼延|澹台"
SURNAME = rf"(?:{DOUBLE_SURNAMES}|[{SURNAMES}])"
ANY_SURNAME = rf"(?:{DOUBLE_SURNAMES}|[{SURNAMES}{RARE_SURNAMES}])"

RANKS = (
    "副总经理|总经理助理|常务副总|执行董事|副董事长|董事长助理|董事长|总经理|副总裁|总裁|总监|副总工|总工程师|总工|副总|经理|主任医师|护士长|副主任|主任|副处长|处长|副局长|局长|"
    "副科长|科长|副部长|部长|副厂长|厂长|副院长|院长|副校长|校长|副行长|行长|副所长|所长|副书记|书记|副秘书长|秘书长|主管|主席|课长|组长|班长|队长|站长|店长|区长|镇长|司长|"
    "矿长|台长|社长|馆长|园长|船长|会长|总长|工程师|高工|会计|出纳|专员|助理|秘书|文员|教授|博士|博|老师|大夫|医生|律师|顾问|老板娘|老板|掌柜|师傅|总|工|董|处|局|科|"
    "姐|哥|叔|姨|女士|先生|小姐|太太|同志|CEO|CTO|CIO|CFO|COO|VP|采购|头儿"
)
LONG_RANKS = "|".join(rank for rank in RANKS.split("|") if len(rank) > 1)
DEPARTMENTS = (
    "生产|设备|采购|技术|工艺|质量|品质|质检|品控|研发|信息|信息化|IT|财务|仓储|仓库|物流|运营|运维|行政|人事|人力资源|HR|市场|销售|工程|基建|安全|安环|环保|后勤|法务|审计|"
    "供应链|计划|项目|电气|机电|机修|维修|动力|车间|总务|教务|网络|数据|医务|护理|检验|影像|药剂|器械|客服|门店|商品|运行|能源|规划|科技|实验室|招标|资产|保障|战略|产品|制造|冲压|焊装|注塑|化验|培训|电商|渠道"
)
TITLE = (
    rf"(?:分管|主管|负责|管)?(?:{DEPARTMENTS})(?:与|和)?(?:{DEPARTMENTS})?(?:部门?|科|处|中心|室|组|线)?(?:的)?"
    r"(?:副总监|总监|副总|副经理|经理|主任|副主任|主管|部长|副部长|科长|副科长|处长|副处长|负责人|工程师|专员|总工|厂长|组长|头儿|老大|一把手|的(?:人)?|总|员)"
    r"|(?:总经理助理|副总经理|常务副总|执行董事|副董事长|董事长|总经理|副总裁|总裁|总监|总工程师|总工|副总|大老板|老板|护士长|科主任|主任|副院长|院长|副校长|校长|副厂长|厂长|副行长|行长|副局长|局长|"
    r"处长|科长|部长|所长|书记|店长|站长|合伙人|创始人|负责人|CEO|CTO|CIO|CFO|COO|VP|GM|秘书|助理|财务|采购|会计|经理)"
)
FIRM = (
    "股份有限公司|有限公司|公司|集团|股份|控股|银行|分行|支行|信用社|农商行|医院|卫生院|诊所|口腔|大学|学院|学校|中学|小学|幼儿园|驾校|交投|城投|水投|交通集团|研究院|研究所|设计院|阀门|泵业|泵阀|重工|化工|机械|机床|精机|精工|精密|机电|电子|"
    "电气|电器|电力|电缆|电机|光电|光学|半导体|微电子|科技|通信|通讯|智能|智造|制造|自动化|仪表|仪器|制药|药业|医药|生物|食品|饮料|乳业|酒业|粮油|农业|牧业|种业|水产|物流|货运|供应链|快递|航运|海运|港务|"
    "航空|地产|置业|建设|建工|建筑|建材|水泥|玻璃|陶瓷|家居|家具|家电|服饰|服装|纺织|印染|鞋业|箱包|纸业|包装|印刷|塑料|塑胶|塑业|橡胶|轮胎|钢铁|钢构|金属|铝业|铜业|矿业|煤矿|煤业|能源|新能源|光伏|锂电|"
    "储能|燃气|热力|石化|石油|水务|环保|园林|园艺|园景|汽车|汽配|汽修|车业|轴承|紧固件|五金|模具|酒店|宾馆|商贸|贸易|超市|商场|百货|连锁|餐饮|教育|传媒|文化|旅游|保险|证券|基金|租赁|担保|咨询|物业|管理局|"
    "公安局|教育局|税务局|卫健委|法院|交通局|水利局|档案馆|图书馆|博物馆|体育馆|机场|地铁|铁路|轨道|电厂|电网|供电局|油田|气田|采油厂|印务|水厂|钢厂|纸厂|药厂|糖厂|船厂|造船|造纸|染整|涂料|日化|化妆品|玩具|珠宝|饲料|肥业|"
    "饭店|冷冻|制冷|装备|工业|实业|新材|新材料|管业|线缆|传动|液压|气动|铸造|锻造|保健院|疗养院|养老院|产业园|度假村|出版社|报社|电视台|街道办|管委会|合作社|农场|牧场|船舶|动力|航天|重机|特钢|线材|门业|"
    "客车|卡车|车桥|药房|药店|事务所|律所|业委会|居委会|村委会|妇联|分公司|子公司|总公司|招商局|城建|重型|旅行社|影城|书店|俱乐部|协会|基金会|商会|加油站|服务区|研究中心|检测中心|数据中心|血站|疾控中心|卫生局|水务局|环保局|消防支队|"
    "中医院|[一二三四五六]院|[一二三四五六]中|实业集团|冶金|冶炼|焦化|氯碱|化肥|农机|农资|粮库|屠宰场|养殖场|种植园|"
    "木业|漆业|乐园|影院|健身|美容|母婴|宠物|文具|眼镜|钟表|灯饰|卫浴|厨具|茶业|糖业|盐业|烟草|烘焙|调味品|冷饮|肉业|渔业"
)
LOOSE_FIRM = (
    "技术|软件|信息|网络|数据|医疗|电池|环境|零部件|工具|实验室|工厂|冷链|冷库|设备|材料|系统|空调|门窗|照明|安防|电梯|"
    "检测|检验|眼科|牙科|骨科|体检|护理|茶饮|果蔬|模塑|涂装|光学|管桩|混凝土|线束|集装箱|物流园|牧业|养殖|冷饮|印务"
)
ORGANISATION = f"{FIRM}|{LOOSE_FIRM}"
EN_SUFFIX = (
    r"(?:Inc|Ltd|LLC|Corp|Corporation|Group|GmbH|AG|SA|PLC|Co|Company|Foods?|Bank|Hospital|Clinics?|University|College|School|Pumps?|Valves?|Motors?|Logistics|Pharma|Pharmaceuticals?|Chemicals?|Steel|Metals?|Plastics?|"
    r"Packaging|Energy|Power|Electric|Electronics|Systems|Technologies|Technology|Tech|Labs?|Health|Healthcare|Medical|Devices|Dairy|Dairies|Brewery|Brewing|Brewers|Textiles?|Garments?|Paper|Mills?|Foundry|Machinery|Machines|Tools|"
    r"Industries|Industrial|Manufacturing|Engineering|Construction|Builders|Properties|Hotels?|Resorts?|Airlines?|Airways|Shipping|Freight|Transport|Retail|Stores?|Supermarkets?|Insurance|Capital|Partners|Holdings|Solutions|Software|"
    r"Networks?|Telecom|Media|Farms?|Agri\w*|Water|Utilities|Gas|Oil|Mining|Glass|Cement|Ceramics|Furniture|Automotive|Auto|Aerospace|Robotics|Semiconductors?|Optics|Polymers?|Coatings|Biotech|Biosciences|Council|Authority|Ports?|"
    r"Rail|Railways|Instruments|Castings?|Bakery|Bakeries|Components|Beverages?|Fashion|Apparel|Cosmetics|Districts?|Lines|Schools|Seafood|Cooperative|Co-op|Tooling|Plating|Forgings?|Printing|Trading|Catering|Consulting|Parts|Trust|Battery|Molding|Moulding|Lumber|Nurser(?:y|ies)|Winery|Vineyards?|Orchards?|Laundry|Gym|Fitness|Museum|Zoo|Library|Airport|Foundation|Ministry|Agency)"
)
_PRONOUNS = "我你您他她它咱们的了是跟没这那哪把被就也都还说谁吗呢吧啊很"
_NO_NAME = re.compile(
    r"^(?:代理商|经销商|听.*|好消息|坏消息|新消息|老板们|各位|大家|那家公司|这家公司|一家公司|上级公司|总公司|分公司|子公司|母公司|本公司|第三方|隔壁楼?|楼上|楼下|钉钉|飞书|企微|企业微信|微信|抖音|淘宝|京东|客户|公司|工厂|厂里|车间|现场|对方|人家|采购|财务|技术|领导|老板|家里|单位|集团|总部|省里|市里|银行|医院|学校|政府|甲方|乙方|楼下|办公室|会议室|展会|食堂|园区|开发区|"
    r"三家|两家|几家|一家|四家|五家|别家|另一家|第一家|第二家|第三家|上家|下家|国产|进口|外资|本地|外地|同行|友商|竞品|对手|竞争对手|供应商|厂家|厂商|品牌|设备|系统|软件|方案|样品|样机|报价|合同|项目|"
    r"价格|价钱|交期|质量|服务|售后|技术部|采购部|设备科|设备部|生产部|信息科|信息中心|质量部|财务部|上午|下午|早上|晚上|中午|今天|昨天|明天|后天|前天|刚才|刚刚|最近|目前|现在|之前|以前|"
    r"去年|今年|明年|上周|下周|本周|周[一二三四五六日天]|星期.|老样子|新|老|大|小|一个|一趟|一下|一次|两个|开会|吃饭|电话|微信|邮件|拜访|出差|预算|年底|月底|元旦|春节|国庆|五一|"
    r"Excel|WPS|ERP|MES|CRM|WMS|OA|PLC|AI|IT|PPT|Q[1-4]|demo|POC|poc|RFP|OK|ok|FAE|SOP|KPI|ROI|BOM|HR|VP|CEO|CIO|CTO|CFO|GM|SaaS|APP|app|App)$"
)


def may_be_organisation(name: str) -> bool:
    """True where these words could name a firm: no pronoun, particle, time or plain noun."""
    if not 2 <= len(name) <= 24 or _NO_NAME.match(name) or re.match("做|[好坏]消息", name):
        return False
    return not (set(name) & set(_PRONOUNS)) or bool(re.search(rf"(?:{ORGANISATION})$", name) and len(name) > 5)
