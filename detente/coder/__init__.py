"""From one article to its signals: clean-up, sentences, parties, events, dates, signals."""
