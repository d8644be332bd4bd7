"""The practice partner: what a rep's turns show, how the customer reacts, and the scorecard."""
