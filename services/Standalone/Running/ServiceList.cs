namespace Integration.Standalone.Running;

/// <summary>Every service, written from deploy/services.json: UPDATE_SNAPSHOTS=1 dotnet test tests/Repository.</summary>
internal static class ServiceList
{
    public static IReadOnlyList<ServiceEntry> All { get; } =
    [
        new("ProcessCore", "process-core", 5100, ProcessCore.ProcessCoreService.Create),
        new("ErrorTreatment", "error-treatment", 5101, ErrorTreatment.ErrorTreatmentService.Create),
        new("Rest", "rest", 5110, Rest.RestService.Create),
        new("Soap", "soap", 5111, Soap.SoapService.Create),
        new("S3", "s3", 5112, S3.S3Service.Create),
        new("Mail", "mail", 5113, Mail.MailService.Create),
        new("Ldap", "ldap", 5114, Ldap.LdapService.Create),
        new("Sql", "sql", 5115, Sql.SqlService.Create),
    ];
}
