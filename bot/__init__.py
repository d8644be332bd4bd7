"""Ridealong (陪访): a sales coach in the rep's chat."""
