"""The command line: words in, words and files out; no arithmetic of its own."""
