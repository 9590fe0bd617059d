"""A desk under load: releases submitted at a fixed pace while people save, engines draft and receivers hear of it."""
