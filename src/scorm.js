// Only in a package for learning platforms (`cargo xtask build --scorm`), before all else: the page is to look for a platform, and opens with the lessons.
globalThis.thetahatPlatform = true;
if (location.hash.length < 2) history.replaceState(null, "", "#lessons&v=2");
