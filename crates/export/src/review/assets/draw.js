// Tables that a person draws on the original.
"use strict";
