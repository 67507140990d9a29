OK_FORMAT = True

test = {
    "name": "stops",
    "points": 4,
    "suites": [
        {
            "cases": [
                {"code": ">>> stops(10, 3) == 8\nTrue", "hidden": False, "locked": False},
                {"code": ">>> stops(10, 3, 2)\n4", "hidden": False, "locked": False},
            ],
            "scored": True,
            "setup": "",
            "teardown": "",
            "type": "doctest",
        }
    ],
}
