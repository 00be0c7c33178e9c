namespace Integration.ErrorTreatment.Failures;

/// <summary>What failed.</summary>
internal enum FailureKind
{
    /// <summary>A task that can be named: one record per task id, whatever goes wrong with it.</summary>
    Task,

    /// <summary>A message that is no readable task, or nobody's: one record per message.</summary>
    Message,
}
