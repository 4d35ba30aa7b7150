// Whoever opens the one-time link in a browser is signed in at once; without JavaScript the button does it.
document.getElementById("masuk-sekali").submit();
