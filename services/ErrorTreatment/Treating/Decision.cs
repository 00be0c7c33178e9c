namespace Integration.ErrorTreatment.Treating;

/// <summary>What the treatment table says.</summary>
/// <param name="RetryAt">When it is sent again; null parks it.</param>
/// <param name="Reason">Why, for an operator.</param>
internal sealed record Decision(DateTimeOffset? RetryAt, string Reason);
