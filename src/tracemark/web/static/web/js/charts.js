// Draws what a table beside it says: every [data-chart] holds its numbers. Without this file the table stands alone.
const told = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const rightToLeft = document.documentElement.dir === "rtl";
const language = document.documentElement.lang;

// A few long names are all shown, each in lines below its own place; of many or short ones the chart leaves some out.
function labels(chart, width) {
  const longest = Math.max(0, ...chart.axis.map((each) => each.length));
  const room = Math.floor((width - 80) / Math.max(1, chart.axis.length) / 7);
  return longest > 12 && chart.axis.length <= 8 && room >= 8 ? { interval: 0, formatter: (name) => lines(name, room) } : {};
}

// Breaks between words only: to a script whose letters join, a break within a word is a fault.
function lines(name, room) {
  return name.split(" ").reduce((told, word) => {
    const last = told.slice(told.lastIndexOf("\n") + 1);
    return told + (told === "" ? "" : last.length + word.length < room ? " " : "\n") + word;
  }, "");
}

// Long names of a few bars have no room below them on a narrow screen: there the bars lie, each beside its name.
function lies(chart, width) {
  const names = Math.max(0, ...chart.axis.map((each) => each.length));
  return chart.kind === "bar" && names > 12 && chart.axis.length <= 12 && (width - 80) / chart.axis.length < 56;
}

// A name in the legend breaks between words where the screen is narrower than it.
const legendName = (name, width) => lines(name, Math.max(12, Math.floor((width - 70) / 7)));

// The legend takes as many rows as its names need; what it takes stays free below the axis.
function legendRoom(chart, width) {
  if (chart.series.length < 2) return 12;
  let [deep, used] = [0, width];
  for (const each of chart.series) {
    const told = legendName(each.name, width).split("\n");
    const wide = Math.max(...told.map((line) => line.length)) * 6.5 + 45;
    if (used + wide > width) {
      deep += 10 + 12 * told.length;
      used = 0;
    }
    used += wide;
  }
  return 24 + deep;
}

// How high a picture stands: bars that lie need room each, and a long legend its own.
function depth(chart, width) {
  return Math.max(320, 200 + legendRoom(chart, width), lies(chart, width) ? 56 * chart.axis.length : 0);
}

function legend(ink, width) {
  const side = rightToLeft ? "right" : "left";
  return { bottom: 0, align: side, textStyle: { color: ink }, formatter: (name) => legendName(name, width) };
}

function options(chart, width) {
  const ink = told("--ink");
  const quiet = told("--quiet");
  const axis = { axisLabel: { color: quiet }, axisLine: { lineStyle: { color: told("--edge") } } };
  const lying = lies(chart, width);
  const names = {
    type: "category",
    data: chart.axis,
    inverse: lying || rightToLeft,
    position: lying && rightToLeft ? "right" : undefined,
    ...axis,
    axisLabel: { color: quiet, ...(lying ? { interval: 0, formatter: (name) => lines(name, 16) } : labels(chart, width)) },
  };
  const numbers = {
    type: "value",
    inverse: lying && rightToLeft,
    position: !lying && rightToLeft ? "right" : undefined,
    splitLine: { lineStyle: { color: told("--line") } },
    ...axis,
    axisLabel: { color: quiet, hideOverlap: true, formatter: (number) => number.toLocaleString(language) },
  };
  return {
    animation: false,
    // Series are told apart by a pattern too. The words for a screen reader are the page's own.
    aria: { enabled: chart.series.length > 1, label: { enabled: false }, decal: { show: true } },
    color: ["--lawful", "--accent", "--brand", "--bad", "--good", "--edge"].map(told),
    textStyle: { color: ink, fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 12, right: 12, top: 16, bottom: legendRoom(chart, width), containLabel: true },
    legend: chart.series.length > 1 ? legend(ink, width) : undefined,
    tooltip: { trigger: "axis", renderMode: "richText", confine: true },
    xAxis: lying ? numbers : names,
    yAxis: lying ? names : numbers,
    series: chart.series.map((each, turn) => ({
      name: each.name,
      type: chart.kind,
      stack: chart.stacked ? "all" : undefined,
      data: each.values,
      symbol: ["circle", "rect", "triangle", "diamond"][turn % 4],
      symbolSize: 8,
      lineStyle: { width: 2.5, type: ["solid", "dashed", "dotted"][turn % 3] },
      barMaxWidth: 48,
    })),
  };
}

const narrow = matchMedia("(width < 40rem)");
const fold = () => {
  for (const each of document.querySelectorAll(".beside-picture")) {
    each.open = !narrow.matches;
  }
};
narrow.addEventListener("change", fold);
fold();

for (const place of document.querySelectorAll("[data-chart]")) {
  place.hidden = false;
  const chart = JSON.parse(place.dataset.chart);
  place.style.blockSize = `${depth(chart, place.clientWidth)}px`;
  const drawn = echarts.init(place, null, { renderer: "svg" });
  const draw = () => drawn.setOption(options(chart, place.clientWidth), true);
  draw();
  new ResizeObserver(() => drawn.resize()).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
