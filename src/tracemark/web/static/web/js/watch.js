// While an import goes on, its page is asked again every two seconds. Without this file a link does the same by hand.
const shown = () => document.querySelector("[data-watch]");

async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (answer.ok && shown()) {
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("progress");
    if (found) {
      shown().replaceWith(found);
    }
  }
  if (shown()) {
    setTimeout(look, 2000);
  }
}

setTimeout(look, 2000);
