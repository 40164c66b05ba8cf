//! The command line: arguments in, answers out, one file for each command. No rule of the law stands here.

mod announce;
mod assess;
mod batch;
mod calendar;
mod check;
mod completions;
mod controllers;
mod convert;
mod daily;
mod declarations;
mod diff;
mod examples;
mod explain;
mod failure;
mod filing;
mod generate;
mod groups;
mod init;
mod locale;
mod man;
mod movements;
mod options;
mod output;
mod pack;
mod progress;
mod recuse;
mod register;
mod screen;
#[cfg(feature = "server")]
mod serve;
mod session;
mod stakes;
mod unfinished;
mod validate;
mod verify;
mod whatif;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use failure::{Failure, Status};
use options::Options;
use std::process::ExitCode;

/// Exit statuses, for `--help`.
const STATUSES: &str = "\
Exit status: 0 answered · 1 failed or refused · 2 wrong usage · 3 the data has errors · \
4 with --strict, something is undetermined · 10 with --exit-code, a party asked about is related
退出状态：0 已作答 · 1 失败或者不予认可 · 2 用法有误 · 3 数据有错误 · \
4 使用 --strict 且有无法确定之处 · 10 使用 --exit-code 且所问主体中有关联方";

/// Who is a related party (关联人) of a listed company, and why
#[derive(Debug, Parser)]
#[command(name = "relata", version, after_help = STATUSES, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write an empty dataset with headings · 写出带表头的空数据集
    Init(init::Args),
    /// Write a synthetic dataset: a market, or a plain shape · 生成合成数据集
    Generate(generate::Args),
    /// List everything found wrong with the data · 校验数据
    Validate(validate::Args),
    /// Write the data in another format: CSV, JSON or a workbook · 转换数据格式
    Convert(convert::Args),
    /// Pack the data into one file that is opened at once · 将数据打包为一个文件
    Pack(pack::Args),
    /// The related-party register · 关联人名录
    Register(register::Args),
    /// Is each of these parties related? · 核查所列主体是否为关联方
    Check(check::Args),
    /// The whole proof, down to the rows of the data · 完整的证明
    Explain(explain::Args),
    /// A list of counterparties held against the register at once · 名单核查
    Screen(screen::Args),
    /// Who stands behind a party · 向上穿透
    Owners(stakes::Args),
    /// What a party holds and controls · 向下穿透
    Owned(stakes::Args),
    /// Counterparties under common control · 同一控制下的交易对方
    Groups(groups::Args),
    /// What each transaction sets off: thresholds, duties, exemptions · 关联交易的累计、审议与披露
    Assess(assess::Args),
    /// A draft of the announcement of a transaction, what is missing marked · 关联交易公告草稿
    Announce(announce::Args),
    /// Who must stand aside for a counterparty · 应回避的董事与股东
    Recuse(recuse::Args),
    /// Daily business of the year against its forecasts · 日常关联交易的预计与实际
    Daily(daily::Args),
    /// What ends or begins by itself · 日历：届满、生效、续签
    Calendar(calendar::Args),
    /// The registers of many listed companies · 批量生成关联人名录
    Batch(batch::Args),
    /// The ultimate controllers of every company · 所有公司的最终控制方
    Controllers(controllers::Args),
    /// A pooled holding day by day, and when its change is to be reported · 权益变动
    Movements(movements::Args),
    /// What changed between two days · 两日之间的变动
    Diff(diff::Args),
    /// What changes would make of the register · 假设分析
    Whatif(whatif::Args),
    /// What insiders declared, held against the register · 关联人申报核对
    Declarations(declarations::Args),
    /// The form in which related parties are filed · 关联人填报表
    Filing(filing::Args),
    /// Check every proof of a saved answer against the data · 核对已保存的答案
    Verify(verify::Args),
    /// An HTTP interface and a page on this machine · 在本机提供网页与接口
    #[cfg(feature = "server")]
    Serve(serve::Args),
    /// Write shell completions · 生成命令补全脚本
    Completions(completions::Args),
    /// Write manual pages · 生成手册页
    Man(man::Args),
}

/// Runs the command that the process was started with.
#[must_use]
pub fn run() -> ExitCode {
    let parsed = examples::shown(Cli::command()).try_get_matches().and_then(|found| Cli::from_arg_matches(&found));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no failures; a closed pipe while they are printed is none either.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(Status::USAGE));
        }
    };
    let options = &cli.options;
    let outcome = match &cli.command {
        Command::Init(args) => init::run(options, args),
        Command::Generate(args) => generate::run(options, args),
        Command::Validate(args) => validate::run(options, args),
        Command::Convert(args) => convert::run(options, args),
        Command::Pack(args) => pack::run(options, args),
        Command::Register(args) => register::run(options, args),
        Command::Check(args) => check::run(options, args),
        Command::Explain(args) => explain::run(options, args),
        Command::Screen(args) => screen::run(options, args),
        Command::Owners(args) => stakes::run(options, args, crate::report::Direction::Owners),
        Command::Owned(args) => stakes::run(options, args, crate::report::Direction::Owned),
        Command::Groups(args) => groups::run(options, args),
        Command::Assess(args) => assess::run(options, args),
        Command::Announce(args) => announce::run(options, args),
        Command::Recuse(args) => recuse::run(options, args),
        Command::Calendar(args) => calendar::run(options, args),
        Command::Daily(args) => daily::run(options, args),
        Command::Batch(args) => batch::run(options, args),
        Command::Controllers(args) => controllers::run(options, args),
        Command::Movements(args) => movements::run(options, args),
        Command::Diff(args) => diff::run(options, args),
        Command::Whatif(args) => whatif::run(options, args),
        Command::Declarations(args) => declarations::run(options, args),
        Command::Filing(args) => filing::run(options, args),
        Command::Verify(args) => verify::run(options, args),
        #[cfg(feature = "server")]
        Command::Serve(args) => serve::run(options, args),
        Command::Completions(args) => completions::run(options, args, &mut examples::shown(Cli::command())),
        Command::Man(args) => man::run(options, args, examples::shown(Cli::command())),
    };
    match outcome {
        Ok(status) => ExitCode::from(status.code()),
        Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Err(failure) => {
            output::say(&failure.text());
            ExitCode::from(failure.code())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_fit_together() {
        examples::shown(Cli::command()).debug_assert();
    }

    #[test]
    fn every_command_has_examples() {
        let command = Cli::command();
        let commands: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        for name in &commands {
            assert!(examples::EXAMPLES.iter().any(|(known, _)| known == name), "{name} has no example");
        }
        for (name, examples) in examples::EXAMPLES {
            assert!(commands.contains(name) || *name == "serve", "{name} is no command");
            assert!(examples.iter().any(|example| example.starts_with(&format!("relata {name} "))), "{name}");
        }
    }
}
