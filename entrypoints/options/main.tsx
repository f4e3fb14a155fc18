import { OptionsApp } from '../../components/options/OptionsApp.tsx';
import { mount } from '../../components/shared/mount.tsx';
import '../../components/styles/options.css';

mount(<OptionsApp />);
