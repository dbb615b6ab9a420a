// What `words.js` speaks: English, which needs no catalogue. A build for another language puts its own here (autodoctor/ui/page_words.py).
export const language = "en";
export const messages = {};
