namespace Integration.Files.S3;

/// <summary>The category that an answer belongs to.</summary>
internal enum AnswerKind
{
    Access,
    Connectivity,
    Data,
    Volumetric,
}
