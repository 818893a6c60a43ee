"""The cleaner: it makes the working copy of one file, in a process of its own without disk,
network or environment. It knows the rules of evidence and nothing else of the house."""
