//! The recorded draws of real JAX, compared value by value with what the example `random_vectors` prints.

#[path = "../../examples/random_vectors.rs"]
#[allow(dead_code, reason = "the example's `main` is not run here")]
mod example;

use serde_json::Value;

/// Collects where two documents part, and how many of their plain values agree.
fn compare(path: &str, ours: &Value, jax: &Value, equal: &mut usize, parted: &mut Vec<String>) {
    match (ours, jax) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            for (key, value) in a {
                compare(&format!("{path}.{key}"), value, &b[key], equal, parted);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (i, (x, y)) in a.iter().zip(b).enumerate() {
                compare(&format!("{path}[{i}]"), x, y, equal, parted);
            }
        }
        _ if ours == jax => *equal += 1,
        _ => parted.push(format!("{path}: {ours}, JAX {jax}")),
    }
}

fn check(recorded: &str, values: usize) {
    let jax: Value = serde_json::from_str(recorded).unwrap();
    let seeds: Vec<i64> = jax["cases"].as_array().unwrap().iter().map(|case| case["seed"].as_i64().unwrap()).collect();
    let ours = example::text(&seeds);
    let (mut equal, mut parted) = (0, Vec::new());
    compare("", &serde_json::from_str(&ours).unwrap(), &jax, &mut equal, &mut parted);
    assert!(parted.is_empty(), "{} of {} values differ:\n{}", parted.len(), equal + parted.len(), parted.join("\n"));
    assert_eq!(equal, values);
    assert_eq!(ours, recorded, "the values are equal, their text is not");
}

#[test]
fn the_recorded_draws_are_equal() {
    check(include_str!("../golden/random.json"), 39_050);
}

#[test]
fn draws_of_further_seeds_are_equal() {
    check(include_str!("../golden/random_more.json"), 49_396);
}
