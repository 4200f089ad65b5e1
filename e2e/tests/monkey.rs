//! Random actions with a seed, over all tabs: nothing complains, and afterwards the page says what a page says that opens its link.
//!
//! It is for whoever looks for faults, and takes long: `THETAHAT_MONKEY=5000,17` in the environment sets the number of actions and the seed, and without it
//! the test does nothing.

use std::env;

use anyhow::{Context, Result, ensure};
use thetahat_e2e::{Page, for_both_browsers};

/// Does one action, chosen by the generator that it is given the state of, and returns the state after it. Whatever would leave the page or open a
/// window of the browser's is left out.
const ACT: &str = r#"
    let seed = arguments[0];
    const random = () => (seed = (seed * 1664525 + 1013904223) % 4294967296) / 4294967296;
    const pick = list => list[Math.floor(random() * list.length)];
    const seen = selector => [...document.querySelectorAll(selector)].filter(e => e.getClientRects().length && !e.disabled
        && !e.closest('.menu, dialog') && !/Share|Export|Keys|CSV|PNG|SVG|Show them|Stop/i.test(e.textContent + e.ariaLabel));
    const tell = (element, ...names) => names.forEach(name => element.dispatchEvent(new Event(name, { bubbles: true })));
    const kind = random();
    if (kind < 0.4) {
        pick(seen('button, input[type=checkbox], summary'))?.click();
    } else if (kind < 0.55) {
        const [key, code] = pick([[' ', 'Space'], ['ArrowLeft', 'ArrowLeft'], ['ArrowRight', 'ArrowRight'], ['r', 'KeyR'], ['s', 'KeyS'], ['p', 'KeyP'],
            ['1', 'Digit1'], ['2', 'Digit2'], ['3', 'Digit3'], ['4', 'Digit4'], ['Home', 'Home'], ['+', 'Equal'], ['0', 'Digit0']]);
        const target = random() < 0.5 ? document.body : pick(seen('[tabindex="0"]')) ?? document.body;
        target.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }));
    } else if (kind < 0.75) {
        const field = pick(seen('input:not([type=checkbox]):not([type=range])'));
        if (field) {
            field.value = pick(['0,01', '1e3', '-5', 'abc', '500.0', '6,432', '0.5', '1', '64', 'nan', '99999999999', '', '−7', '0.002']);
            tell(field, 'input', 'change', 'blur');
        }
    } else if (kind < 0.92) {
        const field = pick(seen('select, input[type=range]'));
        if (field?.tagName === 'SELECT') {
            field.value = pick([...field.options].filter(option => !option.disabled)).value;
            tell(field, 'change');
        } else if (field) {
            field.value = Number(field.min || 0) + random() * (Number(field.max || 1) - Number(field.min || 0));
            tell(field, 'input', 'change');
        }
    } else {
        const chart = pick(seen('.drawing, svg[tabindex]'));
        const box = chart?.getBoundingClientRect();
        for (const type of ['pointerdown', 'pointermove', 'pointerup']) chart?.dispatchEvent(new PointerEvent(type, {
            clientX: box.left + random() * box.width, clientY: box.top + random() * box.height,
            buttons: type === 'pointerup' ? 0 : 1, button: 0, pointerId: 1, pointerType: 'mouse', bubbles: true, cancelable: true }));
    }
    return new Promise(done => requestAnimationFrame(() => done(seed)));
"#;

/// What the page says of its run, without how long anything took.
const SAYS: &str = r"return [...document.querySelectorAll('.verdict, .position, [role=log], .micro-head h2, .modules-head h2')]
    .map(element => element.innerText.replace(/[\d.,]+ (ms|s|min|µs)/g, 'T')).join('\n')";

async fn random_actions_leave_a_true_page(page: &Page) -> Result<()> {
    let Ok(asked) = env::var("THETAHAT_MONKEY") else { return Ok(()) };
    let numbers = asked.split_once(',').and_then(|(count, seed)| Some((count.parse().ok()?, seed.parse().ok()?)));
    let (count, seed): (u64, u64) =
        numbers.context("THETAHAT_MONKEY is a number of actions and a seed, such as 5000,17")?;
    page.wait_for("the first run", async || {
        ensure!(page.text("status", "Run status").await?.contains("6,432 steps in"));
        Ok(())
    })
    .await?;
    let mut state = serde_json::Value::from(seed);
    for action in 0..count {
        state =
            page.script(ACT, vec![state.clone()]).await.with_context(|| format!("action {action}, state {state}"))?;
    }
    // time is stopped and the Lab shown, whose sentences tell the whole run
    page.script(
        "document.querySelector('[aria-label=Pause]')?.click(); document.getElementById('tab-lab').click()",
        vec![],
    )
    .await?;
    let settled = async || {
        page.wait_for("a page at rest", async || {
            let status = page.text("status", "Run status").await?;
            ensure!(status.contains(" in ") || status.contains("stopped") || status == "nothing is computed now", "its status is {status}");
            let banner = page.script("return document.querySelector('.banner')?.innerText ?? ''", vec![]).await?;
            ensure!(banner == "", "the page says {banner}");
            let rest = "const before = location.hash + document.body.innerText;
                return new Promise(done => setTimeout(() => done(before === location.hash + document.body.innerText), 600))";
            ensure!(page.script(rest, vec![]).await? == true, "the page still changes");
            Ok(page.script(SAYS, vec![]).await?.as_str().unwrap_or_default().to_owned())
        })
        .await
    };
    let says = settled().await?;
    let link = page.script("return location.href", vec![]).await?;
    let link = link.as_str().context("no link")?;
    page.open("about:blank").await?;
    page.open(link).await?;
    let opened = settled().await?;
    ensure!(
        says == opened,
        "after {count} actions with seed {seed} the page at {link} says\n{says}\nand its link opens\n{opened}"
    );
    Ok(())
}

for_both_browsers!(thetahat_e2e::on_the_page; random_actions_leave_a_true_page);
