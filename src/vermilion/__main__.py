"""`python -m vermilion` is the same as `vermilion`."""

from vermilion.cli.main import main

if __name__ == "__main__":
    main()
