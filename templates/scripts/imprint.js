// The page where an office fills in its imprint asks for a script of its own, which is larger than all others together.
for (const box of document.querySelectorAll("[data-imprint]")) import(new URL(box.dataset.script, new URL("..", document.currentScript.src)));
