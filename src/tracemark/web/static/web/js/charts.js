// Draws what a table beside it says: every [data-chart] holds its numbers. Without this file the table stands alone.
const told = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const rightToLeft = document.documentElement.dir === "rtl";
const language = document.documentElement.lang;

function options(chart) {
  const ink = told("--ink");
  const quiet = told("--quiet");
  const axis = { axisLabel: { color: quiet }, axisLine: { lineStyle: { color: told("--edge") } } };
  return {
    animation: false,
    aria: { enabled: false, decal: { show: chart.series.length > 1 } },
    color: ["--lawful", "--accent", "--brand", "--bad", "--good", "--edge"].map(told),
    textStyle: { color: ink, fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 12, right: 12, top: 16, bottom: chart.series.length > 1 ? 44 : 12, containLabel: true },
    legend: chart.series.length > 1 ? { bottom: 0, align: rightToLeft ? "right" : "left", textStyle: { color: ink } } : undefined,
    tooltip: { trigger: "axis", renderMode: "richText", confine: true },
    xAxis: { type: "category", data: chart.axis, inverse: rightToLeft, ...axis },
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
  const draw = () => drawn.setOption(options(JSON.parse(place.dataset.chart)), true);
  draw();
  new ResizeObserver(() => drawn.resize()).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
