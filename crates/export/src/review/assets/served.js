// The page as a server gives it: corrections are applied at once.
"use strict";
