// Puts the cursor into the box where somebody has a keyboard before them and has asked nothing yet.
const box = document.querySelector("form.ask input[type=search]");
if (box && !box.value && matchMedia("(pointer: fine) and (min-width: 60rem)").matches) box.focus({ preventScroll: true });
