namespace Integration.Soap.Mapping;

/// <summary>An answer is not what the WSDL declares, or no XML.</summary>
/// <param name="problem">Goes on after "the answer", with the path of the element, without a secret.</param>
/// <param name="innerException">What found out.</param>
public sealed class MalformedAnswerException(string problem, Exception? innerException = null)
    : FormatException(problem, innerException);
