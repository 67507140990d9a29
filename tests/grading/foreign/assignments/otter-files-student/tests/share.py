OK_FORMAT = True

test = {
    "name": "share",
    "points": None,
    "suites": [
        {
            "cases": [
                {
                    "code": ">>> math.isclose(share, 0.3333, abs_tol=0.01)\nTrue",
                    "hidden": False,
                    "locked": False,
                },
                {"code": ">>> sorted([share])[0] < 1\nTrue", "hidden": False, "locked": False},
            ],
            "scored": True,
            "setup": "",
            "teardown": "",
            "type": "doctest",
        }
    ],
}
