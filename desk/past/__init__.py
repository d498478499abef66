"""History of another tool: from a file's rows to conversations, or to why not."""
