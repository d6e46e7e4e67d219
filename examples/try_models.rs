use clap::Parser;
#[derive(Parser)]
enum C {
    Models(depeche::cli::models::ModelsArgs),
    Doctor(depeche::cli::doctor::DoctorArgs),
}
fn main() {
    let mut out = std::io::stdout();
    let r = match C::parse() {
        C::Models(a) => depeche::cli::models::run(&a, &mut out),
        C::Doctor(a) => depeche::cli::doctor::run(&a, &mut out),
    };
    std::process::exit(match r {
        Ok(c) => c.into(),
        Err(e) => {
            eprintln!("error: {e:#}");
            2
        }
    });
}
