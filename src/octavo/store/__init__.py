"""All SQL. One module per table family; functions take a Read or a Transaction."""
