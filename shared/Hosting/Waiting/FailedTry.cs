namespace Integration.Hosting;

/// <summary>A try that failed, for the decision whether another one follows.</summary>
/// <param name="Reason">What it ended with.</param>
/// <param name="Tries">How many there were, this one included.</param>
/// <param name="Lasting">Time since the first of them failed.</param>
public readonly record struct FailedTry(Exception Reason, int Tries, TimeSpan Lasting);
