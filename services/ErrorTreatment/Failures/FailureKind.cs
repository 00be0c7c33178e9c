namespace Integration.ErrorTreatment.Failures;

/// <summary>What failed.</summary>
internal enum FailureKind
{
    /// <summary>A task that can be named: one record per engine and task id, whatever goes wrong with it.</summary>
    Task,

    /// <summary>A message that is no readable task, has no taker, or has the id of another task: one record per message.</summary>
    Message,
}
