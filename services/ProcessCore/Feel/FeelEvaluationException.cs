namespace Integration.ProcessCore.Feel;

/// <summary>An evaluation was given up: an <c>assert</c> of the expression failed, or it exceeds a limit.</summary>
/// <param name="message">What happened and the way out.</param>
public sealed class FeelEvaluationException(string message) : Exception(message);
