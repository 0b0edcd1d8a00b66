// What stands around the points on both pages: the canvas they are drawn on, views to look from, and the list of keys.

import { notice } from "./notices.js";
import { Renderer } from "./renderer.js";

const element = (id) => document.getElementById(id);

/** The renderer of the page's canvas; without WebGL 2 the page says so and ends. */
export function makeRenderer(...options) {
  try {
    return new Renderer(element("canvas"), ...options);
  } catch (error) {
    notice(`The points cannot be drawn: ${error.message}`, "use a browser with WebGL 2");
    throw error;
  }
}

/** Lets the buttons choose where to look from; gives what does so by a view's name. */
export function makeViews(camera, redraw) {
  const look = (name) => {
    camera.look(name);
    redraw();
  };
  for (const [id, name] of [["view-whole", "whole"], ["view-top", "top"], ["view-driver", "driver"]]) {
    element(id).addEventListener("click", () => look(name));
  }
  return look;
}

/** Lets the button show and hide the list of keys; gives what does so. */
export function makeHelp() {
  const help = element("help");
  const toggle = () => (help.open ? help.close() : help.showModal());
  element("help-button").addEventListener("click", toggle);
  return toggle;
}
