// Was the password wrong?
"use strict";

(function (app) {
  app.start();
  if (new URLSearchParams(window.location.search).has("wrong")) app.problem({ word: "wrong_password" });
  document.getElementById("password").focus();
})(window.yusuan);
