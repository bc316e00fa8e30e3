"""When séances take place, repeat, end and collide."""
