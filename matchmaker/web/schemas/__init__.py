"""The bodies of the API: what comes in ends in `In`, what goes out in `Out`."""
