//! How far apart two districts are.
//!
//! Each matching variable (counts on the log scale) is standardised by its mean and sample standard deviation
//! (divisor n − 1) over the districts that have all of them, the chosen district included; the distance is the
//! unweighted Euclidean one. (Methods 3; `scale()` and `dist()` in R give the same.)
//!
//! The nearest come first, ties by id. Brute force: a state has at most some 1,200 districts.
//!
//! Degenerate: a variable that is the same in all districts says nothing and contributes 0; with one district
//! there is nobody to be near to.

/// The standardised values of a set of districts.
#[derive(Debug)]
pub(super) struct Space {
    /// Codes of the districts, ascending.
    districts: Vec<u32>,
    /// Their standardised values, district by district.
    values: Vec<f64>,
    /// How many variables there are.
    width: usize,
}

impl Space {
    /// Standardises `values`, `width` to each of `districts` (ascending codes), which must all be there.
    pub(super) fn new(districts: Vec<u32>, mut values: Vec<f64>, width: usize) -> Self {
        for variable in 0..width {
            standardise(&mut values, variable, width);
        }
        Self { districts, values, width }
    }

    /// How many districts there are.
    pub(super) fn len(&self) -> usize {
        self.districts.len()
    }

    /// The `count` nearest to `district` with their distances, nearest first, ties by code, which is by id.
    /// `room` is room to work in. Nothing where the district is not among them.
    pub(super) fn nearest(&self, district: u32, count: usize, room: &mut Vec<(f64, u32)>) -> Vec<(f64, u32)> {
        room.clear();
        let Ok(own) = self.districts.binary_search(&district) else { return Vec::new() };
        let own = self.of(own);
        let others = self.districts.iter().enumerate().filter(|(_, code)| **code != district);
        room.extend(others.map(|(i, code)| (distance(own, self.of(i)), *code)));
        let order = |a: &(f64, u32), b: &(f64, u32)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
        if count < room.len() {
            room.select_nth_unstable_by(count, order);
            room.truncate(count);
        }
        room.sort_unstable_by(order);
        room.clone()
    }

    fn of(&self, i: usize) -> &[f64] {
        &self.values[i * self.width..(i + 1) * self.width]
    }
}

fn standardise(values: &mut [f64], variable: usize, width: usize) {
    let n = (values.len() / width) as f64;
    let column = || values.iter().skip(variable).step_by(width);
    let constant = column().all(|v| *v == values[variable]);
    let mean = column().sum::<f64>() / n;
    let deviation = (column().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0)).sqrt();
    for value in values.iter_mut().skip(variable).step_by(width) {
        *value = if constant || deviation == 0.0 { 0.0 } else { (*value - mean) / deviation };
    }
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::Space;

    fn nearest(space: &Space, district: u32, count: usize) -> Vec<(f64, u32)> {
        space.nearest(district, count, &mut Vec::new())
    }

    #[test]
    fn ties_go_by_code() {
        let space = Space::new(vec![2, 3, 5, 7, 8], vec![0.0, 1.0, -1.0, 1.0, -1.0], 1);
        let order: Vec<u32> = nearest(&space, 2, 3).iter().map(|n| n.1).collect();
        assert_eq!(order, [3, 5, 7]);
        assert_eq!(nearest(&space, 2, 99).len(), 4);
        assert_eq!(nearest(&space, 4, 3), []);
    }

    #[test]
    fn a_constant_variable_says_nothing() {
        let with = Space::new(vec![0, 1, 2], vec![0.1, 1.0, 0.1, 2.0, 0.1, 4.0], 2);
        let without = Space::new(vec![0, 1, 2], vec![1.0, 2.0, 4.0], 1);
        assert_eq!(nearest(&with, 1, 2), nearest(&without, 1, 2));
    }

    #[test]
    fn alone_there_is_nobody_near() {
        assert_eq!(nearest(&Space::new(vec![4], vec![3.0], 1), 4, 10), []);
        assert_eq!(nearest(&Space::new(vec![], vec![], 1), 4, 10), []);
    }
}
