// On the page that says that a text was taken in, or that somebody signed out: the copies in this browser go.
"use strict";

import { forgetUnits } from "./kept-units.js";
import { forgetAll, forgetSent } from "./kept-text.js";

const done = new URLSearchParams(location.search).get("done");
if (done === "signed-out") {
  forgetAll();
  forgetUnits();
  // Only once: a browser that opens its old tabs again would otherwise forget what was written since.
  history.replaceState(null, "", location.pathname);
}
if (done === "submitted" || done === "revised") forgetSent();
