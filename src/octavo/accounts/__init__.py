"""Rules of identity: names, passwords, sessions, second factors, who may do what. No I/O."""
