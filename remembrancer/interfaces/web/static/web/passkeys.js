// Says on the page what the script of allauth would only tell the console: that a passkey was not used.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey-problem").hidden = false;
});
