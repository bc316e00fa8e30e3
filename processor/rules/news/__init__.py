"""What people are told without a document, and what staff are told of mails. It imports the chapters before `letters`."""
