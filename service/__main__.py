"""`python -m service` is the command `perstolk`, for where the command is not on the PATH."""

from service.cli import main

if __name__ == "__main__":
    main(prog_name="perstolk")
