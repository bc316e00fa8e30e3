"""When séances take place, repeat and end. It imports no other chapter of the rules."""
