// The size of an element as it is drawn, and of the page.

import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** Whether the page is so narrow that reports are read in front of everything else. */
export function useNarrow(): boolean {
  const query = useRef(window.matchMedia("(max-width: 980px)"));
  const [narrow, setNarrow] = useState(query.current.matches);
  useLayoutEffect(() => {
    const follow = () => setNarrow(query.current.matches);
    query.current.addEventListener("change", follow);
    return () => query.current.removeEventListener("change", follow);
  }, []);
  return narrow;
}

export function useSize<T extends Element>(): [preact.RefObject<T | null>, { width: number; height: number }] {
  const element = useRef<T | null>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, size];
}
