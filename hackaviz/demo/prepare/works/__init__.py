"""One module a work: each reads the files folder and writes one file under works/."""
