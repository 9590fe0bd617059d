"""What only reads: lists, the editor's rows, gates' facts, what the public sees. Nothing here changes a row."""
