import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Asks veraPDF whether files keep to PDF/UA-1: a line a file, then a line for each rule that is broken. */
public class PdfUa {
    public static void main(String[] names) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String name : names) {
            try (FileInputStream in = new FileInputStream(name);
                    PDFAParser parser = Foundries.defaultInstance().createParser(in, PDFAFlavour.PDFUA_1);
                    PDFAValidator validator =
                            Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false)) {
                ValidationResult found = validator.validate(parser);
                System.out.println(found.isCompliant() + " " + found.getTotalAssertions());
                for (TestAssertion each : found.getTestAssertions()) {
                    System.out.println("  " + each.getRuleId().getClause() + " " + each.getMessage());
                }
            }
        }
    }
}
