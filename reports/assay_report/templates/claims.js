// Search: shows the claims that have all words, with their cells, and hides the others.
(function () {
  "use strict";
  var form = document.querySelector(".search");
  var words = document.getElementById("words");
  var verdict = document.getElementById("verdict");
  var section = document.getElementById("section");
  var panels = Array.from(document.querySelectorAll(".panel"));
  var texts = new Map(panels.map(function (panel) {
    return [panel, panel.textContent.toLowerCase().replace(/\s+/g, " ")];
  }));
  var marked = Array.from(document.querySelectorAll("[data-claim]"));
  var groups = Array.from(document.querySelectorAll("[data-group]"));

  function matches(panel) {
    var text = texts.get(panel);
    return (!verdict.value || panel.dataset.verdict === verdict.value) &&
      (!section.value || panel.id[0] === section.value) &&
      words.value.toLowerCase().split(/\s+/).every(function (word) { return text.includes(word); });
  }

  function filter() {
    var shown = new Set(panels.filter(matches).map(function (panel) { return panel.id; }));
    marked.forEach(function (element) { element.hidden = !shown.has(element.dataset.claim); });
    groups.forEach(function (group) {
      group.hidden = !group.querySelector("[data-claim]:not([hidden])");
    });
    document.getElementById("found").textContent =
      shown.size < panels.length ? shown.size + " of " + panels.length : "";
  }

  // A link to a panel that is hidden shows everything again.
  function reveal() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.closest("[hidden]")) {
      form.reset();
      filter();
      target.scrollIntoView();
    }
  }

  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  window.addEventListener("hashchange", reveal);
  window.addEventListener("pageshow", filter); // a browser that goes back keeps what was typed
})();
