// The chart of the whole register, or of a group where `top` is in the address.

import { chartBox } from "./chart.js";
import { el } from "./dom.js";
import { t } from "./words.js";

/** The view of the chart alone. */
export function chartView() {
  const title = el("h1", {}, t("view.chart"));
  const chart = chartBox();
  const element = el("div", { class: "view wide" }, title, chart.element);
  return {
    element,
    update: (now) => {
      title.textContent = now.top ? t("chart.of_group", now.top) : t("chart.of_register");
      return chart.show(now.top ? { top: now.top } : {});
    },
  };
}
