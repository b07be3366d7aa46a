const dyad = document.getElementById("dyad"), rule = document.getElementById("rule"), count = document.getElementById("count");
function show() {
  let seen = 0;
  for (const section of document.querySelectorAll("section.contact")) {
    const wanted = section.dataset.contact.toLowerCase().includes(dyad.value.trim().toLowerCase());
    let any = false;
    for (const alert of section.querySelectorAll("details[data-rule]")) {
      alert.hidden = rule.value !== "" && alert.dataset.rule !== rule.value;
      any = any || !alert.hidden;
    }
    section.hidden = !(wanted && any);
    seen += section.hidden ? 0 : 1;
  }
  count.textContent = seen + " contacts shown";
}
dyad.addEventListener("input", show);
rule.addEventListener("change", show);
document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
