# R's side of the matching benchmark: score by glm, nearest neighbour by MatchIt, balance by cobalt and MatchIt.
#
#     Rscript peer.R UNITS.csv STEP...        STEP: glm, matchit, matchit_balance, cobalt
#
# UNITS.csv has `treated`, `logit` (a given score, which matching uses so that it can be timed alone) and the
# covariates. Every step that ends prints a line of JSON: seconds of the wall, of the processor, and the process's peak
# memory during the step in GiB; `farther` counts pairs that MatchIt made beyond the calliper. The balance steps need
# matchit before them.

suppressPackageStartupMessages({
  library(data.table)
  library(jsonlite)
})

peak_gib <- function() {
  lines <- readLines("/proc/self/status")
  as.numeric(gsub("[^0-9]", "", grep("^VmHWM", lines, value = TRUE))) / 1024^2
}

watched <- function(step, work) {
  invisible(gc())
  cat("5", file = "/proc/self/clear_refs")
  before <- proc.time()
  found <- work()
  spent <- proc.time() - before
  told <- list(step = step, seconds = spent[["elapsed"]], cpu_seconds = spent[["user.self"]] + spent[["sys.self"]])
  cat(toJSON(c(told, list(peak_gib = peak_gib()), found$told), auto_unbox = TRUE, digits = NA), "\n", sep = "")
  flush(stdout())
  invisible(found$kept)
}

covariates_of <- function(table) setdiff(rownames(table), "distance")
absolute <- function(values) max(abs(values), na.rm = TRUE)

given <- commandArgs(trailingOnly = TRUE)
steps <- given[-1]
units <- watched("read", function() {
  rows <- fread(given[1], stringsAsFactors = TRUE, data.table = FALSE, showProgress = FALSE)
  list(told = list(units = nrow(rows)), kept = rows)
})
covariates <- setdiff(names(units), c("treated", "logit"))
formula <- reformulate(covariates, "treated")

if ("glm" %in% steps) {
  watched("glm", function() {
    fit <- glm(formula, binomial(), units)
    shown <- list(
      log_likelihood = as.numeric(logLik(fit)), terms = length(coef(fit)),
      score_gap = abs(sum(fitted(fit)) - sum(units$treated)), version = as.character(getRversion())
    )
    list(told = shown)
  })
}

if ("matchit" %in% steps) {
  suppressPackageStartupMessages(library(MatchIt))
  matched <- watched("matchit", function() {
    calliper <- 0.2 * sqrt(mean(tapply(units$logit, units$treated, var)))
    made <- matchit(
      formula, units,
      method = "nearest", distance = units$logit, caliper = calliper, std.caliper = FALSE
    )
    mates <- as.integer(made$match.matrix[, 1])
    apart <- abs(units$logit[as.integer(rownames(made$match.matrix))] - units$logit[mates])
    shown <- list(
      matched = sum(!is.na(mates)), calliper = calliper, farther = sum(apart > calliper, na.rm = TRUE),
      version = as.character(packageVersion("MatchIt"))
    )
    list(told = shown, kept = made)
  })
}

if ("matchit_balance" %in% steps) {
  watched("matchit_balance", function() {
    table <- summary(matched, standardize = TRUE)
    before <- absolute(table$sum.all[covariates_of(table$sum.all), "Std. Mean Diff."])
    after <- absolute(table$sum.matched[covariates_of(table$sum.matched), "Std. Mean Diff."])
    list(told = list(before = before, after = after, version = as.character(packageVersion("MatchIt"))))
  })
}

if ("cobalt" %in% steps) {
  if (!requireNamespace("cobalt", quietly = TRUE)) {
    missing <- list(step = "cobalt", failed = "the package cobalt is not installed")
    cat(toJSON(missing, auto_unbox = TRUE), "\n", sep = "")
  } else {
    watched("cobalt", function() {
      shown <- c("mean.diffs", "variance.ratios", "ks.statistics")
      table <- cobalt::bal.tab(matched, stats = shown, un = TRUE, binary = "std")$Balance
      rows <- table$Type != "Distance"
      before <- absolute(table$Diff.Un[rows])
      list(told = list(
        before = before, after = absolute(table$Diff.Adj[rows]), version = as.character(packageVersion("cobalt"))
      ))
    })
  }
}
