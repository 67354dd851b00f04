"""`python -m collegium.cli`, which is what `bin/collegium` becomes."""

from collegium.cli.arguments import main

if __name__ == "__main__":
    main()
