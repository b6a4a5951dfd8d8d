// Brings what is looked for into view in each of the panels that scroll by themselves.
for (const panel of document.querySelectorAll(".beside > *")) {
  const mark = panel.querySelector("mark, rect");
  if (mark && panel.scrollHeight > panel.clientHeight) {
    panel.scrollTop += mark.getBoundingClientRect().top - panel.getBoundingClientRect().top - panel.clientHeight / 3;
  }
}
