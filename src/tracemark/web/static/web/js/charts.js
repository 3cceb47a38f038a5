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

// On a narrow screen the legend takes several lines, about two names each.
function legendRoom(chart, width) {
  if (chart.series.length < 2) return 12;
  return width < 480 ? 22 + 22 * Math.ceil(chart.series.length / 2) : 44;
}

function options(chart, width) {
  const ink = told("--ink");
  const quiet = told("--quiet");
  const axis = { axisLabel: { color: quiet }, axisLine: { lineStyle: { color: told("--edge") } } };
  return {
    animation: false,
    aria: { enabled: false, decal: { show: chart.series.length > 1 } },
    color: ["--lawful", "--accent", "--brand", "--bad", "--good", "--edge"].map(told),
    textStyle: { color: ink, fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 12, right: 12, top: 16, bottom: legendRoom(chart, width), containLabel: true },
    legend: chart.series.length > 1 ? { bottom: 0, align: rightToLeft ? "right" : "left", textStyle: { color: ink } } : undefined,
    tooltip: { trigger: "axis", renderMode: "richText", confine: true },
    xAxis: { type: "category", data: chart.axis, inverse: rightToLeft, ...axis, axisLabel: { color: quiet, ...labels(chart, width) } },
    yAxis: {
      type: "value",
      position: rightToLeft ? "right" : "left",
      splitLine: { lineStyle: { color: told("--line") } },
      ...axis,
      axisLabel: { color: quiet, formatter: (number) => number.toLocaleString(language) },
    },
    series: chart.series.map((each) => ({
      name: each.name,
      type: chart.kind,
      stack: chart.stacked ? "all" : undefined,
      data: each.values,
      symbolSize: 8,
      lineStyle: { width: 2.5 },
      barMaxWidth: 48,
    })),
  };
}

for (const place of document.querySelectorAll("[data-chart]")) {
  place.hidden = false;
  const drawn = echarts.init(place, null, { renderer: "svg" });
  const draw = () => drawn.setOption(options(JSON.parse(place.dataset.chart), place.clientWidth), true);
  draw();
  new ResizeObserver(() => drawn.resize()).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
