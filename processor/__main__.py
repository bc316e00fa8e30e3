"""`python -m processor` is the command `seances`."""

from processor.cli import main

if __name__ == "__main__":
    main()
